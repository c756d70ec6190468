namespace Slipway.Judging.Groups;

/// <summary>Events and what they are out of, of both groups in one step.</summary>
internal readonly record struct CountStep(double Changed, double ChangedOf, double Unchanged, double UnchangedOf);
