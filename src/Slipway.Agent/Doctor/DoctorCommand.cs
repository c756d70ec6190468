using System.CommandLine;
using Slipway.Agent.Commands;
using Slipway.Agent.Connection;
using Slipway.Agent.Convergence;
using Slipway.Agent.Identity;
using Slipway.Agent.Queue;
using Slipway.Aws;

namespace Slipway.Agent.Doctor;

/// <summary>`slipway-agent doctor`: looks at everything the agent needs, and says what is missing and how to get it.</summary>
internal static class DoctorCommand
{
    private static readonly Option<string> Data = AgentCommand.DataOption();

    public static Command Create(TextWriter output, TextWriter error)
    {
        var command = new Command("doctor", "Looks at everything this agent needs, and says what is missing.") { Data };
        command.SetAction((parsed, _) => InvokeAsync(new(parsed.GetValue(Data)!), output, error));
        return command;
    }

    private static async Task<int> InvokeAsync(DataFolder data, TextWriter output, TextWriter error)
    {
        if (Joined.TryLoad(data, out var identity, out var keys) is { } failure)
        {
            await error.WriteLineAsync(failure.Message);
            return failure.ExitCode;
        }

        var ill = 0;
        using (keys)
        {
            await foreach (var finding in ExamineAsync(data, identity, keys))
            {
                ill += finding.IsWell ? 0 : 1;
                await output.WriteLineAsync($"{(finding.IsWell ? "✓" : "✗")} {finding.What}: {finding.Detail}");
                if (finding.Cure is { } cure)
                    await output.WriteLineAsync("    " + cure);
            }
        }

        await output.WriteLineAsync(ill == 0 ? "All is well." : ill == 1 ? "One thing is not well." : $"{ill} things are not well.");
        return ill == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static async IAsyncEnumerable<Finding> ExamineAsync(DataFolder data, AgentIdentity identity, AgentKeys keys)
    {
        var time = TimeProvider.System;
        yield return Finding.Well("instance", $"{identity.Instance} in {identity.Environment}, {identity.Transport.ToString().ToLowerInvariant()} transport, {data.Root}");
        using var held = AgentLock.TryTake(data);
        yield return Finding.Well("agent", held is null ? "runs" : "does not run at the moment");
        using var http = new HttpMessageInvoker(ServerTrust.CreateHandler(identity.CaPem));
        var requests = new ServerRequests(identity, keys, http, time);
        var server = new ServerExamination(identity, requests, time);
        await foreach (var finding in server.ExamineAsync())
            yield return finding;

        if (identity.Transport != Transport.Aws)
            yield break;

        if (QueuePlace.Load(data) is not { TopicArn.Length: > 0 } place)
        {
            yield return Finding.Ill("topic", "the server has not said yet which one it is", server.Seen?.Publishes == false ? "Set Slipway:Aws:Topic on the server: docs/guides/aws.md." : "Run the agent once while the server can be reached.");
            yield break;
        }

        if (TryOpen(place, time, out var clients, out var trouble) is false)
        {
            yield return trouble!;
            yield break;
        }

        using (clients)
        {
            var queue = new QueueExamination(identity, place, Services(data, identity), server.Seen, clients!);
            await foreach (var finding in queue.ExamineAsync())
                yield return finding;

            if (queue.Queue is { } open && server.Seen is not null)
                yield return await new Bell(requests, server, place, clients!, open.Url, time).RingAsync(agentRuns: held is null);
        }
    }

    private static HashSet<string> Services(DataFolder data, AgentIdentity identity) =>
        [.. new StateFile(data).Load(out _).Keys, .. identity.Services.Select(service => service.Value)];

    private static bool TryOpen(QueuePlace place, TimeProvider time, out AwsClients? clients, out Finding? trouble)
    {
        (clients, trouble) = (null, null);
        try
        {
            clients = new AwsClients(place.Region, time);
            return true;
        }
        catch (AwsException e)
        {
            trouble = Finding.Ill("credentials", e.Message, null);
            return false;
        }
    }
}
