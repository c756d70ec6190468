using System.CommandLine;
using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Cli.Watching;
using Slipway.Client.Deployments;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;

namespace Slipway.Cli.Commands.Deployments;

/// <summary>slipway deployments --service checkout --in production</summary>
internal sealed class ListDeployments : SlipwayCommand
{
    private readonly Argument<DeploymentId?> one = Names.OptionalArgument<DeploymentId>("deployment", "Everything about this one: d-…");
    private readonly Option<ServiceName?> service;
    private readonly Option<EnvironmentName?> environment;
    private readonly Option<string> status = new("--status") { Description = "queued, running, paused, succeeded, failed, rolledBack, cancelled or superseded", HelpName = "status" };
    private readonly Option<int> count = Names.Count(20);

    public ListDeployments(Surroundings surroundings)
        : base(surroundings, "deployments", "The deployments there were and are, the newest first; or everything about one.")
    {
        service = Names.ServiceOption(surroundings);
        environment = Names.OptionalEnvironment(surroundings, "--in", "Only in this environment");
        status.OneOf("queued", "running", "paused", "succeeded", "failed", "rolledBack", "cancelled", "superseded");
        Add(one);
        Add(service);
        Add(environment);
        Add(status);
        Add(count);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        if (call.Get(one) is { } id)
            return await ShowDeployment.RunAsync(call, id, cancellation);

        var filter = new DeploymentFilter { Service = call.Get(service), Environment = call.Get(environment), Status = call.Get(status) };
        var page = await call.Client.Deployments.ListAsync(filter, call.Get(count), cancellation);
        if (call.Json)
        {
            call.WriteJson(page, ContractsJson.Default.PageDeployment);
            return ExitCode.Done;
        }

        if (page.Items.Count == 0)
        {
            call.Line("There are no such deployments.");
            return ExitCode.Done;
        }

        var table = new TextTable("DEPLOYMENT", "SERVICE", "ENVIRONMENT", "VERSION", "STATUS", "AGE", "TOOK", "BY", "");
        foreach (var deployment in page.Items)
            AddTo(table, deployment, call);

        call.Out.Write(table.Render(call.Ink, call.Surroundings.IsTerminal ? call.Surroundings.Width : 0));
        if (page.NextCursor is not null)
            call.Note($"There are older ones: -n {call.Get(count) * 5}");
        return ExitCode.Done;
    }

    private static void AddTo(TextTable table, Deployment deployment, Invocation call)
    {
        var now = call.Time.GetUtcNow();
        var why = deployment.Failure is { } failure ? Words.Printable(failure.Reason) : deployment.Reason;
        table.Add(
            deployment.Id.Value,
            deployment.Service.Value,
            deployment.Environment.Value,
            deployment.Version.Value,
            new(Headline.Name(deployment.Status), Paint(deployment.Status, call.Ink)),
            Words.Age(now - deployment.CreatedAt),
            deployment.StartedAt is { } started ? Words.Took((deployment.FinishedAt ?? now) - started) : "",
            deployment.CreatedBy,
            why);
    }

    internal static Func<string, string> Paint(DeploymentStatus status, Ink ink) => status switch
    {
        DeploymentStatus.Succeeded => ink.Good,
        DeploymentStatus.Failed or DeploymentStatus.RolledBack => ink.Bad,
        DeploymentStatus.Running => ink.Busy,
        DeploymentStatus.Paused or DeploymentStatus.Cancelled => ink.Warn,
        _ => ink.Dim,
    };
}
