using Microsoft.Extensions.Logging;

namespace Slipway.Agent.Reporting;

/// <summary>Makes <see cref="ConsoleLogger"/>s; categories are the last part of a type's name.</summary>
internal sealed class ConsoleLoggerFactory(TextWriter output, LogLevel minimum, TimeProvider time) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) =>
        new ConsoleLogger(categoryName[(categoryName.LastIndexOf('.') + 1)..], output, minimum, time);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The agent logs to standard error only.");

    public void Dispose()
    {
    }
}
