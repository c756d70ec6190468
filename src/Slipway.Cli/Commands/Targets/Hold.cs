using System.CommandLine;
using Slipway.Cli.Running;
using Slipway.Contracts;
using Slipway.Contracts.Ids;

namespace Slipway.Cli.Commands.Targets;

/// <summary>slipway hold checkout --in production --reason "…"</summary>
internal sealed class Hold : SlipwayCommand
{
    private readonly Argument<ServiceName> service;
    private readonly Option<EnvironmentName> environment;
    private readonly Option<string> reason = Names.Reason();

    public Hold(Surroundings surroundings)
        : base(surroundings, "hold", "Refuse automatic deployments of a service in an environment until the hold is lifted.")
    {
        service = Names.Service(surroundings);
        environment = Names.Environment(surroundings, "--in", "Where");
        Add(service);
        Add(environment);
        Add(reason);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var target = await call.Client.Targets.HoldAsync(
            new(call.Get(service), call.Get(environment)), call.Get(reason) ?? "held by hand", cancellation);
        if (call.Json)
            call.WriteJson(target, ContractsJson.Default.Target);
        else
            call.Line(call.Ink.Good($"✓ {target.Service} in {target.Environment} takes no automatic deployments."));
        call.Note($"To lift it: slipway unhold {target.Service} --in {target.Environment}");
        return ExitCode.Done;
    }
}
