using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Slipway.Agent.Tests.Health;

/// <summary>Answers every request with the bytes a test has put here. Where a service would listen, without its start-up time.</summary>
internal sealed class HealthServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public HealthServer()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    public uint Port => (uint)((IPEndPoint)listener.LocalEndpoint).Port;

    public string Answer { get; set; } = Http(200, "ok");

    public int Asked { get; private set; }

    public string LastRequest { get; private set; } = "";

    public static string Http(int status, string body, string headers = "") =>
        string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Word\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}");

    public void Dispose() => listener.Stop();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptSocketAsync();
                var buffer = new byte[4096];
                LastRequest = Encoding.ASCII.GetString(buffer, 0, await client.ReceiveAsync(buffer));
                Asked++;
                await client.SendAsync(Encoding.UTF8.GetBytes(Answer));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
