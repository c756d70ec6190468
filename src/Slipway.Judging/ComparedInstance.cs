namespace Slipway.Judging;

/// <summary>An instance in a comparison.</summary>
/// <param name="Name">As people know it.</param>
/// <param name="ChangedAt">The step in which it was changed (restarted with the new version); null while it is unchanged.</param>
public sealed record ComparedInstance(string Name, int? ChangedAt);
