using System.CommandLine;
using Slipway.Cli.Running;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Targets;

namespace Slipway.Cli.Commands.Deployments;

/// <summary>slipway rollback checkout --in production</summary>
internal sealed class RollBack : SlipwayCommand
{
    private readonly Argument<ServiceName> service;
    private readonly Option<EnvironmentName> environment;
    private readonly Option<VersionName?> toVersion = Names.Optional<VersionName>("--to-version", "version", "Default: the one before");
    private readonly Option<bool> wait = Started.Wait();
    private readonly Option<string> reason = Names.Reason();

    public RollBack(Surroundings surroundings)
        : base(surroundings, "rollback", "Take an environment back to the version before, everywhere at once. A running deployment is taken back.")
    {
        service = Names.Service(surroundings);
        environment = Names.Environment(surroundings, "--in", "Where");
        Add(service);
        Add(environment);
        Add(toVersion);
        Add(wait);
        Add(reason);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var request = new RollbackRequest { Version = call.Get(toVersion), Reason = call.Get(reason) };
        var deployment = await call.Client.Targets.RollBackAsync(new(call.Get(service), call.Get(environment)), request, cancellation);

        return await Started.FollowAsync(call, deployment, call.Get(wait), cancellation, takingBack: true);
    }
}
