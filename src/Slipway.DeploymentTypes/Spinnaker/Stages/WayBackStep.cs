using Slipway.Contracts.Ids;
using Slipway.DeploymentTypes.Spinnaker.Gate;

namespace Slipway.DeploymentTypes.Spinnaker.Stages;

/// <summary>What has to happen in one region so that it serves what it should. A closed set; <see cref="Of"/> is pure.</summary>
internal abstract record WayBackStep
{
    private WayBackStep()
    {
    }

    /// <summary>It is as it should be.</summary>
    public sealed record Done(string Says) : WayBackStep;

    /// <summary>Traffic goes from one to the other: Spinnaker's own rollback.</summary>
    public sealed record Exchange(ServerGroup Leave, ServerGroup Restore) : WayBackStep;

    /// <summary>The good one is there but nothing serves.</summary>
    public sealed record Enable(ServerGroup Restore) : WayBackStep;

    /// <summary>The good one is gone; it is made again from its image.</summary>
    public sealed record Remake(ServerGroup Leave, string Image, string? ImageName) : WayBackStep;

    /// <summary>Nothing ran before.</summary>
    public sealed record Remove(ServerGroup Group) : WayBackStep;

    public sealed record Impossible(string Reason) : WayBackStep;

    /// <param name="groups">Those of the region, each with the version it runs, if that is known.</param>
    /// <param name="wanted">Null: nothing.</param>
    /// <param name="made">The deployment whose server groups are to go.</param>
    /// <param name="image">The wanted version's image in the region.</param>
    public static WayBackStep Of(
        string region, IReadOnlyList<(ServerGroup Group, VersionName? Version)> groups, VersionName? wanted, DeploymentId? made, (string Value, string? Name)? image)
    {
        var newestFirst = groups.OrderByDescending(entry => entry.Group.CreatedAt ?? DateTimeOffset.MinValue).ThenByDescending(entry => entry.Group.Name, StringComparer.Ordinal).ToList();
        var mine = newestFirst.Where(entry => made is { } id && entry.Group.Tag(SpinnakerTarget.DeploymentTag) == id.Value).Select(entry => entry.Group).ToList();
        if (wanted is not { } version)
            return mine is [] ? new Done($"{region}: nothing was made") : new Remove(mine[0]);

        var good = newestFirst.FirstOrDefault(entry => entry.Version == version && !mine.Contains(entry.Group)).Group;
        var serving = newestFirst.Where(entry => !entry.Group.IsDisabled && entry.Group != good).Select(entry => entry.Group).ToList();
        return (good, serving) switch
        {
            ({ IsDisabled: false }, []) => new Done($"{region}: {good.Name} serves {version}"),
            (not null, []) => new Enable(good),
            (not null, [var leave, ..]) => new Exchange(leave, good),
            (null, [var leave, ..]) when image is { } known => new Remake(leave, known.Value, known.Name),
            (null, []) => new Impossible($"{region}: no server group of {version} is left, and none that could be made again from."),
            _ => new Impossible($"{region}: no server group of {version} is left, and its image is not known."),
        };
    }
}
