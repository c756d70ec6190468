using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Services;

namespace Slipway.Server.Instances.Releases;

/// <summary>What slipway.yaml says, in the agent's words.</summary>
internal static class ServiceSpecs
{
    /// <summary>Told to the agent where nobody waits for a balancer on purpose: it knows whether one asks it.</summary>
    private const int AgentsDefault = -1;

    public static ServiceSpec From(ServiceDefinition definition, EnvironmentName environment)
    {
        var spec = new ServiceSpec
        {
            Health = ToHealth(definition.Health),
            Stop = new() { Signal = definition.Stop.Signal, GraceMs = definition.Stop.Grace.Milliseconds },
            Drain = new() { WaitMs = definition.Drain.Wait?.Milliseconds ?? AgentsDefault, DeadlineMs = definition.Drain.Deadline.Milliseconds },
            Port = (uint)(definition.Port ?? 0),
            User = definition.User ?? "",
            Retention = new() { Versions = definition.Keep.Versions, DiskBytes = definition.Keep.Disk ?? 0 },
            Restarts = new() { InitialDelayMs = 200, MaximumDelayMs = 30_000 },
            Logs = new() { MaximumBytes = definition.Logs.Size, Files = definition.Logs.Files },
            PrepareDeadlineMs = definition.Prepare.Deadline.Milliseconds,
            Signals = ToSignals(definition.Signals, definition.ChecksIn(environment)),
        };
        if (definition.Unit is { } unit)
            spec.Unit = new() { Name = unit };
        else
            spec.Command = ToCommand(definition.Run ?? [], definition.Shell);

        if (definition.Prepare.Command is { Count: > 0 } prepare)
            spec.PrepareCommand = ToCommand(prepare);

        foreach (var (path, template) in definition.Files)
            spec.Files.Add(new ConfigFile { Path = path, Template = template });

        return spec;
    }

    private static Command ToCommand(IReadOnlyList<string> words, bool shell = false)
    {
        var command = new Command { Shell = shell };
        command.Arguments.AddRange(words);
        return command;
    }

    private static Health ToHealth(HealthDefinition health)
    {
        var message = new Health
        {
            IntervalMs = health.Interval.Milliseconds,
            TimeoutMs = health.Timeout.Milliseconds,
            DeadlineMs = health.Deadline.Milliseconds,
            SettleMs = health.Settle.Milliseconds,
            Failures = health.Failures,
        };
        if (health.Http is { } path)
            message.Http = ToProbe(path, health);
        else if (health.Tcp is { } port)
            message.Tcp = new() { Port = (uint)port };
        else if (health.Command is { Count: > 0 } command)
            message.Command = ToCommand(command);
        else
            message.Process = new();

        return message;
    }

    private static SignalSpec ToSignals(SignalDefinition signals, IReadOnlyList<CheckDefinition> checks)
    {
        var spec = new SignalSpec { StepMs = signals.Step.Milliseconds };
        if (signals.Metrics is { } path)
            spec.Metrics = new() { Path = path, Port = (uint)(signals.Port ?? 0), Watch = { signals.Watch } };

        spec.Counts.Add(checks.Select(check => check.Logs).OfType<LogCheck>().Select(LineSeries.ToCount).DistinctBy(count => count.Name));
        return spec;
    }

    private static HttpProbe ToProbe(string path, HealthDefinition health)
    {
        var probe = new HttpProbe { Path = path, Port = (uint)(health.Port ?? 0), BodyContains = health.Contains ?? "" };
        probe.Statuses.AddRange(StatusRanges.Parse(health.Status));
        foreach (var (name, value) in health.Headers)
            probe.Headers.Add(name, value);

        return probe;
    }
}
