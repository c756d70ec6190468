using System.CommandLine;
using Slipway.Cli.Running;
using Slipway.Cli.Watching;
using Slipway.Client.Deployments;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;

namespace Slipway.Cli.Commands.Deployments;

/// <summary>slipway pause, resume and cancel: one shape, three verbs.</summary>
internal sealed class Steer : SlipwayCommand
{
    private readonly Argument<DeploymentId> deployment = Names.Deployment();
    private readonly Option<string> reason = Names.Reason();
    private readonly Func<DeploymentsClient, DeploymentId, string?, CancellationToken, Task<Deployment>> act;

    private Steer(
        Surroundings surroundings,
        string verb,
        string description,
        Func<DeploymentsClient, DeploymentId, string?, CancellationToken, Task<Deployment>> act)
        : base(surroundings, verb, description)
    {
        this.act = act;
        Add(deployment);
        Add(reason);
    }

    public static Steer Pause(Surroundings surroundings) =>
        new(surroundings, "pause", "Stop a deployment at its next safe point.", (c, id, reason, cancellation) => c.PauseAsync(id, reason, cancellation));

    public static Steer Resume(Surroundings surroundings) =>
        new(surroundings, "resume", "Let a paused deployment go on.", (c, id, reason, cancellation) => c.ResumeAsync(id, reason, cancellation));

    public static Steer Cancel(Surroundings surroundings) =>
        new(surroundings, "cancel", "End a deployment at its next safe point; what it has changed is taken back.", (c, id, reason, cancellation) => c.CancelAsync(id, reason, cancellation));

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var now = await act(call.Client.Deployments, call.Get(deployment), call.Get(reason), cancellation);
        if (call.Json)
        {
            call.WriteJson(now, ContractsJson.Default.Deployment);
            return ExitCode.Done;
        }

        var soon = now.Pending is { Length: > 0 } pending ? $", {pending} at the next safe point" : "";
        call.Line($"{now.Id} ({now.Service} {now.Version} in {now.Environment}): {Headline.Name(now.Status)}{soon}");
        call.Note(now.Status == DeploymentStatus.Paused || now.Pending == "pausing"
            ? $"To go on: slipway resume {now.Id}"
            : $"To watch it: slipway watch {now.Id}");
        return ExitCode.Done;
    }
}
