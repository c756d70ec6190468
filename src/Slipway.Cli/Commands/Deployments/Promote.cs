using System.CommandLine;
using Slipway.Cli.Running;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Targets;

namespace Slipway.Cli.Commands.Deployments;

/// <summary>slipway promote checkout --from staging --to production</summary>
internal sealed class Promote : SlipwayCommand
{
    private readonly Argument<ServiceName> service;
    private readonly Option<EnvironmentName> from;
    private readonly Option<EnvironmentName> to;
    private readonly Option<bool> wait = Started.Wait();
    private readonly Option<string> reason = Names.Reason();
    private readonly Option<bool> yes = Confirmation.Yes();

    public Promote(Surroundings surroundings)
        : base(surroundings, "promote", "Deploy to an environment exactly what was verified in the one before.")
    {
        service = Names.Service(surroundings);
        from = Names.Environment(surroundings, "--from", "Where it runs already");
        to = Names.Environment(surroundings, "--to", "Where to");
        Add(service);
        Add(from);
        Add(to);
        Add(wait);
        Add(reason);
        Add(yes);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        if (call.Get(from) == call.Get(to))
            throw StopException.Usage("same_environment", "--from and --to are the same environment.", "Give two different ones; slipway environments shows which there are.");

        var source = await call.Client.Targets.GetAsync(new(call.Get(service), call.Get(from)), cancellation);
        var request = new DeploymentRequest
        {
            Service = call.Get(service),
            Environment = call.Get(to),
            Version = Verified(source),
            Reason = call.Get(reason) ?? $"promoted from {call.Get(from)}",
        };
        await Confirmation.AskAsync(call, request.Service, request.Environment, call.Get(yes), cancellation);
        return await Started.FollowAsync(call, await call.Client.Deployments.StartAsync(request, cancellation), call.Get(wait), cancellation);
    }

    private static VersionName Verified(Target source)
    {
        var where = $"{source.Service} in {source.Environment}";
        if (source.RunningDeployment is { } running)
            throw StopException.Refused("source_is_being_deployed", $"{where} is being deployed right now, so nothing is verified there yet.", $"Wait for it: slipway watch {running}");

        return source.Version
            ?? throw StopException.Usage("nothing_to_promote", $"{where} runs nothing yet.", $"First: slipway deploy {source.Service} --to {source.Environment} --wait");
    }
}
