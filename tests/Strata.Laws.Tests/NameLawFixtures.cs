namespace Strata.Laws.Tests.One
{
    internal sealed class Widget;
}

namespace Strata.Laws.Tests.Other
{
    internal sealed class Widget;

    internal sealed class Gadget;
}
