using System.Text;
using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Cli.Watching;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;

namespace Slipway.Cli.Commands.Deployments;

/// <summary>slipway deployments d-…</summary>
internal static class ShowDeployment
{
    public static async Task<int> RunAsync(Invocation call, DeploymentId id, CancellationToken cancellation)
    {
        var deployment = await call.Client.Deployments.GetAsync(id, cancellation);
        if (call.Json)
        {
            call.WriteJson(deployment, ContractsJson.Default.Deployment);
            return ExitCode.Done;
        }

        call.Out.Write(Describe(deployment, call));
        if (deployment.Status is DeploymentStatus.Failed or DeploymentStatus.RolledBack)
            call.Out.Write(await Summary.ForAsync(call, deployment, new Story(), takingBack: false, cancellation));
        return ExitCode.Done;
    }

    private static string Describe(Deployment deployment, Invocation call)
    {
        var now = call.Time.GetUtcNow();
        var text = new StringBuilder(call.Ink.Strong(Headline.Of(deployment))).Append('\n');
        var status = ListDeployments.Paint(deployment.Status, call.Ink)(Headline.Name(deployment.Status));
        var took = deployment.StartedAt is { } started ? $", {Words.Took((deployment.FinishedAt ?? now) - started)}" : "";
        text.Append($"  {status}{took}, asked for by {deployment.CreatedBy} {Words.Ago(now - deployment.CreatedAt)}");
        text.Append(deployment.Reason is { } reason ? $": {Words.Printable(reason)}\n\n" : "\n\n");

        var table = new TextTable("STAGE", "STATUS", "TOOK", "WHAT");
        foreach (var stage in deployment.Stages)
        {
            table.Add(
                stage.Name,
                stage.Status.ToString().ToLowerInvariant(),
                stage.StartedAt is { } from ? Words.Took((stage.FinishedAt ?? now) - from) : "",
                Words.Printable(stage.Answer is { } answer ? QuestionText.Of(answer) : stage.Note ?? stage.Description));
        }

        if (!table.Empty)
            text.Append(table.Render(call.Ink, call.Surroundings.IsTerminal ? call.Surroundings.Width : 0, indent: 2));

        foreach (var stage in deployment.Stages.Where(stage => stage.Status is StageStatus.Running or StageStatus.Failed))
            AddOutside(text, deployment, stage, call);

        foreach (var link in deployment.Stages.Select(stage => stage.Link).OfType<StageLink>().DistinctBy(link => link.Url))
            text.Append($"  {link.Title}: {link.Url}\n");
        return text.ToString();
    }

    /// <summary>The parts of a stage whose work goes on outside, and what it asks.</summary>
    private static void AddOutside(StringBuilder text, Deployment deployment, StageProgress stage, Invocation call)
    {
        var table = new TextTable(stage.Name.ToUpperInvariant(), "STATUS", "TOOK", "NOTE");
        foreach (var step in stage.Steps)
        {
            table.Add(
                new string(' ', step.Depth * 2) + Words.Printable(step.Name),
                step.Status.ToString().ToLowerInvariant(),
                step.StartedAt is { } from ? Words.Took((step.FinishedAt ?? call.Time.GetUtcNow()) - from) : "",
                Words.Printable(step.Note ?? ""));
        }

        if (!table.Empty)
            text.Append('\n').Append(table.Render(call.Ink, call.Surroundings.IsTerminal ? call.Surroundings.Width : 0, indent: 2)).Append('\n');

        if (stage.Question is not { } question)
            return;

        text.Append(call.Ink.Warn("  ? ")).Append(Words.Wrap(QuestionText.Ask(question), call.Width, 4)).Append('\n');
        foreach (var line in QuestionText.HowToAnswer(deployment.Id, question))
            text.Append("      ").Append(line).Append('\n');
    }
}
