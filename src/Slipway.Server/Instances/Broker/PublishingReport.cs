using System.Collections.Concurrent;
using Prometheus;
using Slipway.Aws.Notifications;

namespace Slipway.Server.Instances.Broker;

/// <summary>How publishing goes: counted, told once in the log when it turns, and kept for whoever asks.</summary>
internal sealed partial class PublishingReport(IMetricFactory metrics, ILogger<PublishingReport> log)
{
    private readonly ConcurrentDictionary<EnvironmentName, string> troubles = new();
    private readonly Counter published = metrics.CreateCounter("slipway_broker_messages_published_total", "Messages published to SNS topics.");
    private readonly Counter bytes = metrics.CreateCounter("slipway_broker_bytes_published_total", "Bytes published to SNS topics.");
    private readonly Counter failures = metrics.CreateCounter("slipway_broker_publish_failures_total", "Calls to SNS that failed.");

    /// <summary>What keeps an environment's instances from being told. Null: nothing.</summary>
    public string? Trouble(EnvironmentName environment) => troubles.GetValueOrDefault(environment);

    public void Published(int messages, long size)
    {
        published.Inc(messages);
        bytes.Inc(size);
    }

    public void Went(EnvironmentName environment)
    {
        if (troubles.TryRemove(environment, out _))
            LogWent(environment);
    }

    /// <param name="unexpected">Where it is no refusal of AWS.</param>
    public void Failed(EnvironmentName environment, string why, Exception? unexpected)
    {
        failures.Inc();
        if (troubles.GetValueOrDefault(environment) != why)
            LogFailed(unexpected, environment, why);

        troubles[environment] = why;
    }

    public void Refused(EnvironmentName environment, RefusedMessage refused) => LogRefused(environment, refused.Code, refused.Reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Instances of {Environment} are told over SNS again")]
    private partial void LogWent(EnvironmentName environment);

    [LoggerMessage(Level = LogLevel.Error, Message = "Instances of {Environment} cannot be told over SNS; trying again. {Why}")]
    private partial void LogFailed(Exception? exception, EnvironmentName environment, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "A message for {Environment} was refused by SNS and is not sent again ({Code}): {Reason}")]
    private partial void LogRefused(EnvironmentName environment, string code, string reason);
}
