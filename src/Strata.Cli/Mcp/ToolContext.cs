using Strata.Cli.Archives;
using Strata.Models;
using Strata.Settings;
using Strata.Summaries;

namespace Strata.Cli.Mcp;

/// <summary>What the tools of one server share.</summary>
/// <param name="Terminal">The clock and the environment; standard output is the protocol's.</param>
/// <param name="Folders">Where files may lie.</param>
/// <param name="Settings">What was set when the server was started; a call goes over it.</param>
/// <param name="Catalogue">Windows and tokenizers.</param>
/// <param name="Summarizer">Null: level 0.</param>
/// <param name="Archive">Where originals are.</param>
/// <param name="Place">Where that lies: no session is read from it or written to it.</param>
internal sealed record ToolContext(
    Terminal Terminal, ToolFolders Folders, StrataSettings Settings, ModelCatalogue Catalogue, ISummarizer? Summarizer, ToolArchive Archive,
    ArchivePlace Place);
