using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Slipway.Agent.Tests.Signals;

/// <summary>Answers every connection with whatever it is given, over a real socket.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource stop = new();
    private readonly Task answering;

    public PageServer(string page = "")
    {
        Page = page;
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Answer = WholeAsync;
        answering = AnswerAllAsync();
    }

    public uint Port => (uint)((IPEndPoint)listener.LocalEndPoint!).Port;

    public string Page { get; set; }

    public string Asked { get; private set; } = "";

    public Func<Stream, CancellationToken, Task> Answer { get; set; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await answering;
        listener.Dispose();
    }

    public static Task SendAsync(Stream to, string text, CancellationToken cancellation = default) => to.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation).AsTask();

    private Task WholeAsync(Stream to, CancellationToken cancellation) =>
        SendAsync(to, $"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {Encoding.UTF8.GetByteCount(Page)}\r\n\r\n{Page}", cancellation);

    private async Task AnswerAllAsync()
    {
        while (true)
        {
            try
            {
                using var socket = await listener.AcceptAsync(stop.Token);
                await using var stream = new NetworkStream(socket);
                var request = new byte[4096];
                Asked = Encoding.UTF8.GetString(request, 0, await stream.ReadAsync(request, stop.Token));
                await Answer(stream, stop.Token);
                socket.Shutdown(SocketShutdown.Both);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                // It had heard enough.
            }
        }
    }
}
