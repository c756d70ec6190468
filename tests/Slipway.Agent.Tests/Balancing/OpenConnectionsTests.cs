using System.Net;
using System.Net.Sockets;
using Slipway.Agent.Balancing;
using Xunit;

namespace Slipway.Agent.Tests.Balancing;

public sealed class OpenConnectionsTests
{
    [Fact]
    public void Established_connections_to_the_port_are_counted_and_no_others()
    {
        string[] table =
        [
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid",
            "   0: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0",
            "   1: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0",
            "   2: 0100007F:C350 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0",
            "   3: 0100007F:1F90 0100007F:C351 06 00000000:00000000 00:00000000 00000000     0",
        ];

        Assert.Equal(1, OpenConnections.Count(table, 8080));
    }

    [Fact]
    public async Task The_kernel_is_read()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = (uint)((IPEndPoint)listener.LocalEndpoint).Port;
        Assert.Equal(0, OpenConnections.To(port));

        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, (int)port);
        using var accepted = await listener.AcceptTcpClientAsync();

        Assert.Equal(1, OpenConnections.To(port));
    }
}
