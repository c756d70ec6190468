using Slipway.FakeGate.Configs;
using Slipway.FakeGate.Faults;
using Slipway.FakeGate.Stages;
using Slipway.FakeGate.Stages.Canary;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Executions;

/// <summary>What stages work with.</summary>
internal sealed record Surroundings(Turnstile Turnstile, CloudWorld World, ConfigStore Configs, Ledger Ledger, FaultBox Faults, FakeGateOptions Options)
{
    public Pace Pace => Options.Pace;

    public StageTypes Types { get; } = new();

    public CanaryJudge Judge { get; } = new();

    /// <summary>How long something takes on the clock that takes so long in Spinnaker.</summary>
    public TimeSpan Real(TimeSpan time) => time / Options.Speed;

    public IReadOnlyList<string> Roles(string? user) => Options.Authentication.Users.FirstOrDefault(known => known.Name == user)?.Roles ?? [];

    /// <summary>Starts executions; set once everything is there.</summary>
    public Launcher Launcher { get; set; } = null!;
}
