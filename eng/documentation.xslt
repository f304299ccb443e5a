<?xml version="1.0" encoding="utf-8"?>
<!-- Leaves out of an assembly's documentation what source generators documented: the code of regular expressions, and their patterns. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml" encoding="utf-8" indent="no" />
  <xsl:template match="@* | node()">
    <xsl:copy>
      <xsl:apply-templates select="@* | node()" />
    </xsl:copy>
  </xsl:template>
  <xsl:template match="member[contains(@name, '.Generated.') or remarks[starts-with(normalize-space(.), 'Pattern:')]]" />
</xsl:stylesheet>
