using Strata.Archives;

namespace Strata.Hosting.Archives;

/// <summary>An archive of the application's own, in place of the one that settings name.</summary>
/// <param name="Open">Opens it.</param>
/// <param name="Owns">Whether it ends with the container.</param>
internal sealed record ArchiveSource(Func<IServiceProvider, CancellationToken, ValueTask<IArchive>> Open, bool Owns);
