using Slipway.Contracts.Services;
using Slipway.DeploymentTypes;
using Slipway.Server.Checks.Declared.Healthy;

namespace Slipway.Server.Checks.Declared.Kinds;

/// <summary>
/// The version in another environment. How long it has been healthy there is not counted here, but known from what agents say and from what has been deployed: so
/// the time before counts, and no server has to be up for it.
/// </summary>
internal sealed class HealthyKind(Standings standings) : ICheckKind
{
    public bool Is(CheckDefinition check) => check.Healthy is not null;

    public string Describe(CheckDefinition check) => $"Wait until the version has been healthy in {check.Healthy!.In} for {HealthyWords.Length(check.Healthy.For.Time)} without interruption";

    public Task<StageResult> RunAsync(CheckCall call, CancellationToken cancellation) => Tries.RunAsync(call, _ => AskAsync(call, cancellation));

    private async Task<Finding> AskAsync(CheckCall call, CancellationToken cancellation)
    {
        var (run, check) = (call.Run, call.Check.Healthy!);

        // Restarts and changes of config; the environment before may be far ahead by then.
        if (run.Previous?.Version == run.Release.Version)
            return new Finding.Pass($"{run.Release.Version} stands here already");

        var standing = await standings.FindAsync(new(run.Target.Service, check.In), run.Release.Version, run.Definition.Type == ServiceDefinition.Trigger, cancellation);
        return HealthyRules.Judge(check, run.Release.Version, standing, call.Now);
    }
}
