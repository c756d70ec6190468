using System.Collections.Concurrent;
using Google.Protobuf;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.Server.Instances.Connections;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Nodes;

namespace Slipway.Server.Checks.Declared.Instances;

/// <summary>Asks agents to run a command, and gives the answers to whoever waits for them.</summary>
internal sealed class CommandDesk(ReturnAddresses addresses, TimeProvider time) : ICommandTaker
{
    private readonly ConcurrentDictionary<string, Question> open = new();

    /// <returns>Null: the instance is away, or has not answered in time.</returns>
    public async Task<CommandEnded?> AskAsync(LiveInstance instance, RunCommand command, TimeSpan patience, CancellationToken cancellation)
    {
        if (instance.Connection is not { } line)
            return null;

        var asked = command.Clone();
        asked.Asker = addresses.Next();
        var question = new Question(instance.Name, new(TaskCreationOptions.RunContinuationsAsynchronously));
        open[asked.Asker] = question;
        try
        {
            line.Send(new ToAgent { RunCommand = asked }.ToByteArray());
            return await question.Answer.Task.WaitAsync(patience, time, cancellation);
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            open.TryRemove(asked.Asker, out _);
        }
    }

    public void Take(IAgentLine from, CommandEnded ended)
    {
        if (!open.TryGetValue(ended.Asker, out var question))
            addresses.PassOn(ended.Asker, from, new() { CommandEnded = ended });
        else if (question.Asked == from.Instance)
            question.Answer.TrySetResult(ended);
    }

    private sealed record Question(InstanceName Asked, TaskCompletionSource<CommandEnded> Answer);
}
