using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Slipway.Server.Persistence;

namespace Slipway.Server.Maintenance;

/// <summary>Copies every table that both databases have, row by row, whatever there is in it.</summary>
internal static class TableCopy
{
    /// <summary>Answers how many rows were copied.</summary>
    public static async Task<long> AllAsync(SlipwayDb from, SlipwayDb to, ITableWriter writer, CancellationToken cancellation)
    {
        await from.Database.OpenConnectionAsync(cancellation);
        var known = from.Model.GetEntityTypes().Select(type => type.GetTableName()).ToHashSet(StringComparer.Ordinal);
        var rows = 0L;
        foreach (var table in to.Model.GetEntityTypes().Select(Shape).Where(table => known.Contains(table.Name)))
            rows += await writer.WriteAsync(table, ReadAsync(from, table, cancellation), cancellation);

        return rows;
    }

    private static TableShape Shape(IEntityType type)
    {
        var table = StoreObjectIdentifier.Table(type.GetTableName()!);
        var counter = type.GetProperties().FirstOrDefault(property => property.ValueGenerated == ValueGenerated.OnAdd && property.ClrType == typeof(long) && property.IsPrimaryKey());
        return new(
            table.Name,
            [.. type.GetProperties().Select(property => new TableShape.Column(property.GetColumnName(table)!, StoredType(property)))],
            counter?.GetColumnName(table));
    }

    private static Type StoredType(IProperty property)
    {
        var mapping = property.GetTypeMapping();
        var type = mapping.Converter?.ProviderClrType ?? mapping.ClrType;
        return Nullable.GetUnderlyingType(type) ?? type;
    }

    private static async IAsyncEnumerable<object?[]> ReadAsync(SlipwayDb from, TableShape table, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = from.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // Names of our own tables and columns.
        command.CommandText = $"SELECT {table.ColumnNames} FROM {table.Name}";
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            yield return Row(reader, table);
    }

    private static object?[] Row(DbDataReader reader, TableShape table)
    {
        var row = new object?[table.Columns.Count];
        for (var i = 0; i < row.Length; i++)
        {
            if (!reader.IsDBNull(i))
                row[i] = reader.GetValue(i) is var value && value.GetType() == table.Columns[i].Type ? value : Convert.ChangeType(value, table.Columns[i].Type, CultureInfo.InvariantCulture);
        }

        return row;
    }
}
