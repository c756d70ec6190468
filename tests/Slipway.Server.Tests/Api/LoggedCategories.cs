using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Slipway.Server.Tests.Api;

/// <summary>Who has logged something.</summary>
internal sealed class LoggedCategories : ILoggerProvider
{
    private readonly ConcurrentDictionary<string, byte> names = new();

    public IEnumerable<string> Names => names.Keys;

    public ILogger CreateLogger(string categoryName) => new Logger(() => names.TryAdd(categoryName, 0));

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Logger(Action note) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => note();
    }
}
