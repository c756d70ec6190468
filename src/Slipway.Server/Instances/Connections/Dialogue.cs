using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Storing;

namespace Slipway.Server.Instances.Connections;

/// <summary>What agents say and what they are answered, whichever way it travels.</summary>
internal sealed class Dialogue(Introductions introductions, Welcomes welcomes, TargetSignals signals, StatusWriter writer, Replies replies, TimeProvider time)
{
    /// <param name="answer">Hears what the agent is told in return.</param>
    public async ValueTask HandleAsync(LiveInstance instance, IAgentLine line, ToServer message, Action<ToAgent> answer)
    {
        instance.LastSeenAt = time.GetUtcNow();
        if (message.BodyCase == ToServer.BodyOneofCase.Hello)
        {
            answer(new() { Welcome = await introductions.WelcomeAsync(instance, line, message.Hello) });
            instance.LastHelloAt = instance.LastSeenAt;
            Remember(instance);
            return;
        }

        // A line that another one has replaced has nothing to say any more.
        if (instance.Connection != line)
            return;

        switch (message.BodyCase)
        {
            case ToServer.BodyOneofCase.Status:
                Report(instance, message.Status);
                break;
            case ToServer.BodyOneofCase.PrepareStatus:
                Report(instance, message.PrepareStatus);
                break;
            case ToServer.BodyOneofCase.Heartbeat:
                writer.WriteForOthers(instance);
                answer(new() { HeartbeatAnswer = await welcomes.AnswerAsync(instance, message.Heartbeat, CancellationToken.None) });
                break;
            case ToServer.BodyOneofCase.LogChunk or ToServer.BodyOneofCase.Signals or ToServer.BodyOneofCase.CommandEnded:
                replies.Take(line, message);
                break;
            case ToServer.BodyOneofCase.Leaving:
                Away(instance, line);
                break;
        }
    }

    /// <summary>Nothing more will come from there.</summary>
    public void Ended(LiveInstance instance, IAgentLine line)
    {
        replies.Ended(line);
        Away(instance, line);
    }

    private void Away(LiveInstance instance, IAgentLine line)
    {
        if (!instance.Disconnect(line))
            return;

        signals.Changed(instance);
        writer.Write(instance);
    }

    private void Remember(LiveInstance instance)
    {
        foreach (var member in instance.Members)
            writer.Write(member);

        writer.Write(instance);
        signals.Changed(instance);
    }

    private void Report(LiveInstance instance, ServiceStatus status)
    {
        if (Find(instance, status.Service) is not { } member || status.Generation > Introductions.HighestGeneration)
            return;

        member.Report(status);
        writer.Write(member);
        signals.Changed(member.Target);
    }

    private void Report(LiveInstance instance, PrepareStatus status)
    {
        if (Find(instance, status.Service) is not { } member)
            return;

        member.Report(status);
        writer.WriteForOthers(member);
        signals.Changed(member.Target);
    }

    private static LiveMember? Find(LiveInstance instance, string service) =>
        ServiceName.TryParse(service, out var name) ? instance.Member(name) : null;
}
