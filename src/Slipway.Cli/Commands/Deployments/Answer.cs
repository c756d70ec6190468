using System.CommandLine;
using Slipway.Cli.Running;
using Slipway.Cli.Watching;
using Slipway.Client.Deployments;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;

namespace Slipway.Cli.Commands.Deployments;

/// <summary>slipway approve and reject: one shape, two answers.</summary>
internal sealed class Answer : SlipwayCommand
{
    private readonly Argument<DeploymentId> deployment = Names.Deployment();
    private readonly Option<string> choice = new("--choice") { Description = "One of the question's choices, where it has any", HelpName = "choice" };
    private readonly Option<string> reason = Names.Reason();
    private readonly Func<DeploymentsClient, DeploymentId, ApprovalRequest, CancellationToken, Task<Deployment>> act;

    private Answer(
        Surroundings surroundings,
        string verb,
        string description,
        Func<DeploymentsClient, DeploymentId, ApprovalRequest, CancellationToken, Task<Deployment>> act)
        : base(surroundings, verb, description)
    {
        this.act = act;
        Add(deployment);
        Add(choice);
        Add(reason);
    }

    public static Answer Approve(Surroundings surroundings) =>
        new(surroundings, "approve", "Answer yes to what the running stage of a deployment asks.", (c, id, answer, cancellation) => c.ApproveAsync(id, answer, cancellation));

    public static Answer Reject(Surroundings surroundings) =>
        new(surroundings, "reject", "Answer no to what the running stage of a deployment asks; what it has changed is taken back.", (c, id, answer, cancellation) => c.RejectAsync(id, answer, cancellation));

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var answer = new ApprovalRequest { Choice = call.Get(choice), Reason = call.Get(reason) };
        var now = await act(call.Client.Deployments, call.Get(deployment), answer, cancellation);
        if (call.Json)
        {
            call.WriteJson(now, ContractsJson.Default.Deployment);
            return ExitCode.Done;
        }

        var answered = now.Stages.LastOrDefault(stage => stage.Answer is not null);
        call.Line($"{now.Id} ({now.Service} {now.Version} in {now.Environment}): {(answered is { Answer: { } given } ? $"{answered.Name}: {QuestionText.Of(given)}" : Headline.Name(now.Status))}");
        call.Note($"To watch it: slipway watch {now.Id}");
        return ExitCode.Done;
    }
}
