using System.ComponentModel;
using Slipway.Contracts.Ids;
using Slipway.Server.Api;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances;

/// <summary>Which instances of the list.</summary>
internal readonly record struct InstanceFilter(
    [property: Description("Only of this environment.")] EnvironmentName? Environment,
    [property: Description("Only those that run this service.")] ServiceName? Service,
    [property: Description("Only those with this label, as name=value. May be given more than once.")] string[]? Label,
    [property: Description("Only those whose agent is connected now, or is not.")] bool? Connected,
    [property: Description("Only those on which this version runs now (of the service, where one is given).")] VersionName? Version,
    [property: Description("Only those on which a service (the one that is given) is in this state: absent, preparing, draining, stopping, starting, checking, healthy, unhealthy, failed, stopped.")] string? State,
    [property: Description("Only those whose agent has this version.")] string? AgentVersion,
    [property: Description("Only those whose name, or the value of one of whose labels, contains this. Upper and lower case do not matter.")] string? Search)
{
    public Refusal? Check()
    {
        if ((Label ?? []).Any(label => label.IndexOf('=', StringComparison.Ordinal) < 1))
            return Refusal.Invalid("label", "A label is given as name=value.");

        return State is { } state && !StateNames.All.Contains(state)
            ? Refusal.Invalid("state", $"state is one of {string.Join(", ", StateNames.All)}.")
            : null;
    }

    public bool Has(LiveInstance instance)
    {
        if ((Environment is { } environment && instance.Environment != environment) || (Connected is { } connected && instance.IsConnected != connected))
            return false;

        if (AgentVersion is { } agent && instance.Facts.AgentVersion != agent)
            return false;

        return HasLabels(instance) && HasText(instance) && HasService(instance);
    }

    /// <summary>A service of an instance that the filter speaks of.</summary>
    public bool Has(LiveMember member) =>
        member.State.Assigned.Member
        && (Service is not { } service || member.Service == service)
        && (Version is not { } version || member.State.Reported?.RunningVersion == version.Value)
        && (State is not { } state || StateNames.Of(member.State.Reported?.State) == state);

    private bool HasText(LiveInstance instance)
    {
        if (string.IsNullOrEmpty(Search) || instance.Name.Value.Contains(Search, StringComparison.OrdinalIgnoreCase))
            return true;

        foreach (var (_, value) in instance.Facts.Labels)
        {
            if (value.Contains(Search, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private bool HasLabels(LiveInstance instance)
    {
        foreach (var label in Label ?? [])
        {
            var equals = label.IndexOf('=', StringComparison.Ordinal);
            if (!instance.Facts.Labels.TryGetValue(label[..equals], out var value) || !label.AsSpan(equals + 1).SequenceEqual(value))
                return false;
        }

        return true;
    }

    private bool HasService(LiveInstance instance)
    {
        if (Service is null && Version is null && State is null)
            return true;

        foreach (var member in instance.Members)
        {
            if (Has(member))
                return true;
        }

        return false;
    }
}
