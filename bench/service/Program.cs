using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

// The service that is deployed: reads its rendered configuration, answers GET /version with the version in it,
// and GET /first with the moment (in seconds since 1970) at which it first answered a question for its version.
var settings = File.ReadLines(args[0])
    .Select(line => line.Split('=', 2))
    .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
listener.Bind(new IPEndPoint(IPAddress.Loopback, int.Parse(settings["port"], CultureInfo.InvariantCulture)));
listener.Listen(64);
var request = new byte[4096];
var first = "";
while (true)
{
    using var caller = listener.Accept();
    try
    {
        var length = caller.Receive(request);
        Answer(caller, Encoding.ASCII.GetString(request, 0, length).Split(' ') is [_, var path, ..] ? path : "");
    }
    catch (SocketException)
    {
        // The caller went away; the next one may stay.
    }
}

void Answer(Socket caller, string path)
{
    var body = path switch { "/version" => settings["version"], "/first" => first, _ => null };
    var status = body is null ? "404 Not Found" : "200 OK";
    body += "\n";
    caller.Send(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
    caller.Shutdown(SocketShutdown.Send);
    if (path == "/version" && first is "")
        first = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000m).ToString("f3", CultureInfo.InvariantCulture);
}
