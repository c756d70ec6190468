using System.Globalization;
using System.Text;
using System.Text.Json;
using Slipway.Contracts;
using Slipway.Contracts.Ids;
using Slipway.Server.Deployments;

namespace Slipway.Server.Changes;

/// <summary>One event as it travels; its bytes are made once for all readers, when the first one wants it.</summary>
internal sealed class EventFrame(EventRow row)
{
    private byte[]? bytes;

    public long Id => row.Id;

    public DateTimeOffset Time => row.Time;

    public TargetId Target => new(row.Service, row.Environment);

    public byte[] Bytes => bytes ??= Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"event: deployment\nid: {row.Id}\ndata: {JsonSerializer.Serialize(Events.Wire(row), ContractsJson.Default.DeploymentEvent)}\n\n"));
}
