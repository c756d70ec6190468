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
    [property: Description("Only those on which this version runs now (of the service, where one is given).")] VersionName? Version)
{
    public Refusal? Check() =>
        (Label ?? []).Any(label => label.IndexOf('=', StringComparison.Ordinal) < 1)
            ? Refusal.Invalid("label", "A label is given as name=value.")
            : null;

    public bool Has(LiveInstance instance)
    {
        if ((Environment is { } environment && instance.Environment != environment) || (Connected is { } connected && instance.IsConnected != connected))
            return false;

        return HasLabels(instance) && HasService(instance);
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
        if (Service is null && Version is null)
            return true;

        foreach (var member in instance.Members)
        {
            if (member.State.Assigned.Member
                && (Service is not { } service || member.Service == service)
                && (Version is not { } version || member.State.Reported?.RunningVersion == version.Value))
                return true;
        }

        return false;
    }
}
