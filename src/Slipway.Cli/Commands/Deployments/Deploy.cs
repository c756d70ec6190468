using System.CommandLine;
using Slipway.Cli.Running;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

namespace Slipway.Cli.Commands.Deployments;

/// <summary>slipway deploy checkout 1.4.2 --to production --wait</summary>
internal sealed class Deploy : SlipwayCommand
{
    private readonly Argument<ServiceName> service;
    private readonly Argument<VersionName?> version = Names.OptionalArgument<VersionName>("version", "Default: the newest");
    private readonly Option<EnvironmentName> to;
    private readonly Option<bool> wait = Started.Wait();
    private readonly Option<Strategy?> strategy = new("--strategy")
    {
        Description = "all-at-once, rolling[:2|25%[:pause]], canary[:1|10%[:soak]], red-black[:wait], highlander (default: the environment's or the service's)",
        HelpName = "strategy",
        CustomParser = result =>
        {
            if (StrategyText.TryParse(result.Tokens[0].Value, out var parsed))
                return parsed;

            result.AddError($"\"{result.Tokens[0].Value}\" does not fit. {StrategyText.Rule}");
            return null;
        },
    };

    private readonly Option<int?> config = new("--config") { Description = "The config revision (default: the newest)", HelpName = "number" };
    private readonly Option<string> reason = Names.Reason();
    private readonly Option<bool> noRollback = new("--no-rollback") { Description = "Leave a failure as it is, to look at it" };
    private readonly Option<bool> rebuild = new("--rebuild") { Description = "Make anew what was made once for the version, such as its image" };
    private readonly Option<bool> yes = Confirmation.Yes();
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Show the plan and change nothing" };

    public Deploy(Surroundings surroundings)
        : base(surroundings, "deploy", "Bring an environment to a version. What fails is taken back by itself.")
    {
        service = Names.Service(surroundings);
        to = Names.Environment(surroundings, "--to", "Where to");
        strategy.CompletionSources.Clear();
        strategy.CompletionSources.Add(StrategyText.Words);
        Add(service);
        Add(version);
        Add(to);
        Add(wait);
        Add(strategy);
        Add(config);
        Add(reason);
        Add(noRollback);
        Add(rebuild);
        Add(yes);
        Add(dryRun);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var request = new DeploymentRequest
        {
            Service = call.Get(service),
            Environment = call.Get(to),
            Version = call.Get(version),
            ConfigRevision = call.Get(config),
            Strategy = call.Get(strategy),
            Reason = call.Get(reason),
            NoRollback = call.Get(noRollback),
            Rebuild = call.Get(rebuild),
        };

        if (!call.Get(dryRun))
        {
            await Confirmation.AskAsync(call, request.Service, request.Environment, call.Get(yes), cancellation);
            return await Started.FollowAsync(call, await call.Client.Deployments.StartAsync(request, cancellation), call.Get(wait), cancellation);
        }

        var plan = await call.Client.Deployments.PlanAsync(request, cancellation);
        if (call.Json)
            call.WriteJson(plan, ContractsJson.Default.Plan);
        else
            call.Out.Write(PlanText.Of(request, plan, call.Ink, call.Surroundings.IsTerminal ? call.Surroundings.Width : 0));
        return ExitCode.Done;
    }
}
