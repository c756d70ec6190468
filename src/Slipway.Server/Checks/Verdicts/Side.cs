using Slipway.Contracts.Ids;
using Slipway.Server.Checks.Signals;

namespace Slipway.Server.Checks.Verdicts;

/// <summary>An instance in a comparison.</summary>
/// <param name="ChangedAt">The step in which its process was started with the new version. Null: it was not.</param>
/// <param name="IsToChange">The deployment has asked for it.</param>
internal sealed record Side(InstanceName Name, InstanceSignals Signals, int? ChangedAt, bool IsToChange);
