using System.Net.WebSockets;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.Server.Instances.Connections;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances.Broker;

/// <summary>
/// An agent that reports over the API and listens to its queue: there as long as it keeps reporting.
/// </summary>
internal sealed class ReportLine(LiveInstance instance, string session, Publisher publisher) : IAgentLine
{
    private volatile bool over;

    public InstanceName Instance => instance.Name;

    public LiveInstance Whose => instance;

    public string Session => session;

    /// <summary>True: the agent has to say Hello again.</summary>
    public bool IsOver => over;

    /// <summary>One request at a time, in the order in which they were sent.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    public bool Send(ReadOnlyMemory<byte> message) => !over && publisher.Command(instance, ToAgent.Parser.ParseFrom(message.Span));

    public void HangUp(WebSocketCloseStatus status, string reason) => over = true;
}
