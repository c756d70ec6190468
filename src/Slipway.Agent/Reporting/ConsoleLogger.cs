using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Slipway.Agent.Reporting;

/// <summary>One line per event on standard error: time, level, category, message. Small enough for an agent, readable by a person and by journald.</summary>
internal sealed class ConsoleLogger(string category, TextWriter output, LogLevel minimum, TimeProvider time) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= minimum && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;

        var line = new StringBuilder(160);
        line.Append(time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))
            .Append(' ').Append(Name(logLevel)).Append(' ').Append(category).Append(": ");
        var start = line.Length;
        line.Append(formatter(state, exception));
        if (exception is not null)
            line.Append(" (").Append(logLevel >= LogLevel.Error ? exception.ToString() : exception.Message).Append(')');

        line.Replace("\r", "", start, line.Length - start).Replace("\n", " | ", start, line.Length - start).Append('\n');
        lock (output)
            output.Write(line.ToString());
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "fatal",
    };
}
