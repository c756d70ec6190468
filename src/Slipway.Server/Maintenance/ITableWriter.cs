namespace Slipway.Server.Maintenance;

/// <summary>Writes whole tables, as fast as a database takes them.</summary>
internal interface ITableWriter
{
    /// <summary>Answers how many rows there were.</summary>
    Task<long> WriteAsync(TableShape table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellation);
}
