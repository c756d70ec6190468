using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;

namespace Slipway.Server.Deployments;

/// <summary>What instances do, and what of it is not stored yet.</summary>
internal sealed class ProgressBuffer
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<InstanceName, InstanceProgress> saved = [];
    private readonly Dictionary<InstanceName, InstanceProgress> changed = [];
    private DateTimeOffset? lastSave;

    public DateTimeOffset? NextSave => lastSave + Pause;

    public void Take(IReadOnlyList<InstanceProgress> instances)
    {
        foreach (var progress in instances)
        {
            if (saved.TryGetValue(progress.Instance, out var known) && IsSame(known, progress))
                changed.Remove(progress.Instance);
            else if (!changed.TryGetValue(progress.Instance, out var waiting) || !IsSame(waiting, progress))
                changed[progress.Instance] = progress;
        }
    }

    public IReadOnlyList<InstanceProgress> Changed() => [.. changed.Values];

    public void Saved(DateTimeOffset now)
    {
        foreach (var (instance, progress) in changed)
            saved[instance] = progress;

        changed.Clear();
        lastSave = now;
    }

    private static bool IsSame(InstanceProgress left, InstanceProgress right) =>
        left.Step == right.Step && left.Stage == right.Stage && left.Version == right.Version && left.Reason == right.Reason
        && left.Evidence.Count == right.Evidence.Count;
}
