using Slipway.Contracts.Services;
using Slipway.Server.Configuration;

namespace Slipway.Server.Services.Format;

/// <summary>Rules between the keys of a definition.</summary>
internal static class ServiceRules
{
    public static void CheckService(ServiceDefinition definition, MapNode map, Mistakes mistakes)
    {
        var trigger = definition.Type == ServiceDefinition.Trigger;
        if (definition is { Run: not null, Unit: not null })
            mistakes.Add(map.PlaceOf("unit"), "Either run or unit: the agent starts a command, or restarts a unit that exists. Remove one.");
        else if (trigger && definition is { Run: null, Unit: null })
            mistakes.Add(map, "Neither run nor unit: say what to start (run: ./checkout --port ${PORT}) or which systemd unit to restart (unit: checkout.service).");
        else if (definition is { Shell: true, Run: null })
            mistakes.Add(map.PlaceOf("shell"), "shell belongs to run, and there is no run.");

        if (trigger && definition.Settings is { } settings && settings.EnumerateObject().Any())
            mistakes.Add(map.PlaceOf("settings"), "The deployment type trigger has no settings.");

        foreach (var (environment, values) in Configs(definition))
        {
            if (ConfigRules.TotalBytes(values) > ConfigRules.LargestTotal)
                mistakes.Add(map.PlaceOf("config"), $"The config values{environment} are more than {ConfigRules.LargestTotal / 1024} KB together.");
        }
    }

    public static void CheckHealth(HealthDefinition health, MapNode map, Mistakes mistakes)
    {
        string[] probes = [.. map.Entries.Select(entry => entry.Key.Text).Where(key => key is "http" or "tcp" or "command")];
        if (probes.Length > 1)
            mistakes.Add(map.PlaceOf(probes[1]), $"Only one of http, tcp and command; there are {string.Join(" and ", probes)}.");

        foreach (var entry in map.Entries.Where(entry => health.Http is null && entry.Key.Text is ("status" or "contains" or "headers" or "port")))
            mistakes.Add(entry.Key, $"{entry.Key.Text} belongs to http, and there is no http.");

        if (health.Timeout.Time > health.Deadline.Time)
            mistakes.Add(map.PlaceOf("timeout"), $"One probe may take longer ({health.Timeout}) than all of them together (deadline: {health.Deadline}).");
    }

    public static void CheckSignals(SignalDefinition signals, MapNode map, Mistakes mistakes)
    {
        foreach (var entry in map.Entries.Where(entry => signals.Metrics is null && entry.Key.Text is ("port" or "watch")))
            mistakes.Add(entry.Key, $"{entry.Key.Text} belongs to metrics, and there is no metrics.");
    }

    /// <summary>Relative, stays inside, one way to write it.</summary>
    public static bool IsInnerPath(string path) =>
        !path.Any(c => char.IsControl(c) || c == '\\') && path.Split('/').All(part => part is not ("" or "." or ".."));

    /// <summary>A file's values for one environment: the service's, and over them the environment's own.</summary>
    public static IReadOnlyDictionary<string, string> ConfigFor(ServiceDefinition definition, EnvironmentName environment)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in definition.Config)
            values[name] = value;

        if (definition.Environments.TryGetValue(environment, out var own))
        {
            foreach (var (name, value) in own.Config)
                values[name] = value;
        }

        return values;
    }

    private static IEnumerable<(string Environment, IReadOnlyDictionary<string, string> Values)> Configs(ServiceDefinition definition) =>
        definition.Environments.Keys.Select(name => ($" of {name}", ConfigFor(definition, name))).Prepend(("", definition.Config));
}
