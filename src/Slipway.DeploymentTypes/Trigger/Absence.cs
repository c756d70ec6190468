namespace Slipway.DeploymentTypes.Trigger;

/// <summary>Instances that are away.</summary>
internal static class Absence
{
    /// <summary>How long a stage waits for an instance without a connection. Agents reconnect within a second, after a restart of the server within a few.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>The first few by name, for a sentence.</summary>
    public static string Names(IEnumerable<FleetStatus> statuses)
    {
        string[] names = [.. statuses.Select(status => status.Instance.Value)];
        return names.Length <= 3 ? string.Join(", ", names) : $"{string.Join(", ", names[..3])} and {names.Length - 3} more";
    }
}
