using System.CommandLine;
using Slipway.Cli.Running;
using Slipway.Contracts;
using Slipway.Contracts.Ids;

namespace Slipway.Cli.Commands.Deployments;

/// <summary>slipway explain d-…</summary>
internal sealed class Explain : SlipwayCommand
{
    private readonly Argument<DeploymentId> deployment = Names.Deployment();

    public Explain(Surroundings surroundings)
        : base(surroundings, "explain", "Say whether a deployment's version is healthy, and show what was measured.") =>
        Add(deployment);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var id = call.Get(deployment);
        var now = await call.Client.Deployments.GetAsync(id, cancellation);
        var verdict = await call.Client.Deployments.GetVerdictAsync(id, cancellation);
        if (call.Json)
        {
            call.WriteJson(verdict, ContractsJson.Default.DeploymentVerdict);
            return ExitCode.Done;
        }

        call.Out.Write(new ExplainText(call, now, verdict).Write());
        return ExitCode.Done;
    }
}
