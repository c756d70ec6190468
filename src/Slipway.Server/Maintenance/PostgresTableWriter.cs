using Npgsql;
using NpgsqlTypes;

namespace Slipway.Server.Maintenance;

/// <summary>PostgreSQL's binary COPY, in the transaction that is open.</summary>
internal sealed class PostgresTableWriter(NpgsqlConnection connection) : ITableWriter
{
    public async Task<long> WriteAsync(TableShape table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellation)
    {
        var types = table.Columns.Select(column => TypeOf(column.Type)).ToArray();
        var count = 0L;
        await using (var copy = await connection.BeginBinaryImportAsync($"COPY {table.Name} ({table.ColumnNames}) FROM STDIN (FORMAT BINARY)", cancellation))
        {
            await foreach (var row in rows.WithCancellation(cancellation))
            {
                await copy.StartRowAsync(cancellation);
                for (var i = 0; i < row.Length; i++)
                {
                    if (row[i] is { } value)
                        await copy.WriteAsync(value, types[i], cancellation);
                    else
                        await copy.WriteNullAsync(cancellation);
                }

                count++;
            }

            await copy.CompleteAsync(cancellation);
        }

        if (table.Counter is { } counter && count > 0)
            await GoOnCountingAsync(table.Name, counter, cancellation);

        return count;
    }

    /// <summary>The next row gets a number above those that were copied.</summary>
    private async Task GoOnCountingAsync(string table, string column, CancellationToken cancellation)
    {
#pragma warning disable CA2100 // Names of our own tables and columns.
        await using var command = new NpgsqlCommand($"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), (SELECT max(\"{column}\") FROM {table}))", connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static NpgsqlDbType TypeOf(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => NpgsqlDbType.Text,
        TypeCode.Int64 => NpgsqlDbType.Bigint,
        TypeCode.Int32 => NpgsqlDbType.Integer,
        TypeCode.Boolean => NpgsqlDbType.Boolean,
        TypeCode.Double => NpgsqlDbType.Double,
        _ when type == typeof(byte[]) => NpgsqlDbType.Bytea,
        _ => throw new NotSupportedException($"No column may hold {type}."),
    };
}
