namespace Slipway.Server.Maintenance;

/// <summary>A table and its columns, the same in both databases.</summary>
/// <param name="Counter">The column that the database numbers by itself. Null: none.</param>
internal sealed record TableShape(string Name, IReadOnlyList<TableShape.Column> Columns, string? Counter)
{
    /// <param name="Type">What its values are in .NET, as the database stores them: text, numbers, bytes, true or false.</param>
    internal sealed record Column(string Name, Type Type);

    public string ColumnNames => string.Join(", ", Columns.Select(column => $"\"{column.Name}\""));
}
