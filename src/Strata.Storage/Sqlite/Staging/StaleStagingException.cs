namespace Strata.Storage.Sqlite.Staging;

/// <summary>Something was removed since the staging looked: it has to be done again.</summary>
internal sealed class StaleStagingException : Exception;
