using Slipway.Contracts.Services;
using Slipway.DeploymentTypes;

namespace Slipway.Server.Checks.Declared.Kinds;

/// <summary>Only time that passes.</summary>
internal sealed class WaitKind : ICheckKind
{
    public bool Is(CheckDefinition check) => check.Wait is not null;

    public string Describe(CheckDefinition check) => $"Wait {check.Wait}";

    public Task<StageResult> RunAsync(CheckCall call, CancellationToken cancellation)
    {
        var left = call.Run.StartedAt + call.Check.Wait!.Value.Time - call.Now;
        return Task.FromResult<StageResult>(left <= TimeSpan.Zero ? new StageResult.Succeeded() : new StageResult.Waiting(left));
    }
}
