using System.CommandLine;
using Slipway.Cli.Running;
using Slipway.Contracts;
using Slipway.Contracts.Ids;

namespace Slipway.Cli.Commands.Targets;

/// <summary>slipway unhold checkout --in production</summary>
internal sealed class Unhold : SlipwayCommand
{
    private readonly Argument<ServiceName> service;
    private readonly Option<EnvironmentName> environment;

    public Unhold(Surroundings surroundings)
        : base(surroundings, "unhold", "Lift a hold: automatic deployments happen again.")
    {
        service = Names.Service(surroundings);
        environment = Names.Environment(surroundings, "--in", "Where");
        Add(service);
        Add(environment);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var target = new TargetId(call.Get(service), call.Get(environment));
        await call.Client.Targets.UnholdAsync(target, cancellation);
        if (call.Json)
            call.WriteJson(await call.Client.Targets.GetAsync(target, cancellation), ContractsJson.Default.Target);
        else
            call.Line(call.Ink.Good($"✓ {target.Service} in {target.Environment} has no hold."));
        return ExitCode.Done;
    }
}
