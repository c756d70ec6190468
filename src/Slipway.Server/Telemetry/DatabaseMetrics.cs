using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Prometheus;
using Slipway.Server.Persistence;

namespace Slipway.Server.Telemetry;

/// <summary>How long the database takes for each command of Entity Framework, and how many fail. Labels are kinds of commands, never their text.</summary>
internal sealed class DatabaseMetrics : DbCommandInterceptor
{
    private const string Conflict = "conflict";
    private const string Error = "error";

    private static readonly (string Word, string Kind)[] Kinds =
        [("SELECT", "select"), ("INSERT", "insert"), ("UPDATE", "update"), ("DELETE", "delete"), ("", "other")];

    private readonly Histogram duration;
    private readonly Counter failures;

    public DatabaseMetrics(IMetricFactory metrics)
    {
        duration = metrics.CreateHistogram(
            "slipway_database_command_duration_seconds",
            "Duration of database commands, up to their first row.",
            ["command"],
            new HistogramConfiguration { Buckets = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5] });
        failures = metrics.CreateCounter(
            "slipway_database_command_failures_total",
            "Database commands that failed. A conflict is a race that was lost: whoever wrote tries again.",
            ["command", "reason"]);

        // Known from the first moment, or the first failure after a start would be no increase to Prometheus.
        foreach (var (_, kind) in Kinds)
        {
            failures.WithLabels(kind, Conflict);
            failures.WithLabels(kind, Error);
        }
    }

    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
    {
        Took(command, eventData.Duration);
        return result;
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        Took(command, eventData.Duration);
        return ValueTask.FromResult(result);
    }

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        Took(command, eventData.Duration);
        return result;
    }

    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Took(command, eventData.Duration);
        return ValueTask.FromResult(result);
    }

    public override object? ScalarExecuted(DbCommand command, CommandExecutedEventData eventData, object? result)
    {
        Took(command, eventData.Duration);
        return result;
    }

    public override ValueTask<object?> ScalarExecutedAsync(DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default)
    {
        Took(command, eventData.Duration);
        return ValueTask.FromResult(result);
    }

    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) => Failed(command, eventData);

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Failed(command, eventData);
        return Task.CompletedTask;
    }

    private void Took(DbCommand command, TimeSpan time) => duration.WithLabels(Kind(command.CommandText)).Observe(time.TotalSeconds);

    private void Failed(DbCommand command, CommandErrorEventData eventData)
    {
        Took(command, eventData.Duration);
        failures.WithLabels(Kind(command.CommandText), WriteConflict.IsDatabases(eventData.Exception) ? Conflict : Error).Inc();
    }

    internal static string Kind(ReadOnlySpan<char> sql)
    {
        sql = sql.TrimStart();
        foreach (var (word, kind) in Kinds)
        {
            if (sql.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                return kind;
        }

        throw new InvalidOperationException("Every text starts with nothing.");
    }
}
