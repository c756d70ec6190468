using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Slipway.Server.Tests.Web;

public sealed class WebTests(ServerWithInterface shared) : IClassFixture<ServerWithInterface>
{
    private readonly TestServer server = shared.Server;

    [Theory]
    [InlineData("/")]
    [InlineData("/services/checkout")]
    [InlineData("/services/checkout/versions/1.4.2")]
    [InlineData("/apis")]
    public async Task An_address_a_person_opens_is_the_interface_and_is_asked_for_anew_each_time(string path)
    {
        var response = await OpenAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(BuiltInterface.Index, await response.Content.ReadAsStringAsync());
        Assert.True(response.Headers.CacheControl?.NoCache);
    }

    [Fact]
    public async Task A_page_that_has_not_changed_is_not_sent_again()
    {
        var tag = (await OpenAsync("/targets")).Headers.ETag!;
        var again = await SendAsync(HttpMethod.Get, "/targets", ("Accept", "text/html"), ("If-None-Match", tag.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData("/api/nothing", HttpStatusCode.Unauthorized)]
    [InlineData("/API/v1/nothing", HttpStatusCode.Unauthorized)]
    [InlineData("/docs/nothing/at/all", HttpStatusCode.NotFound)]
    [InlineData("/openapi/nothing", HttpStatusCode.NotFound)]
    [InlineData("/health/nothing", HttpStatusCode.NotFound)]
    [InlineData("/metrics/nothing", HttpStatusCode.NotFound)]
    [InlineData("/agent/v1/nothing", HttpStatusCode.NotFound)]
    [InlineData("/assets/index-0ldHash0.js", HttpStatusCode.NotFound)]
    public async Task What_belongs_to_others_is_never_a_page(string path, HttpStatusCode status)
    {
        var response = await OpenAsync(path);
        Assert.Equal(status, response.StatusCode);
        Assert.NotEqual("text/html", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Who_does_not_ask_for_a_page_is_told_that_there_is_nothing()
    {
        await (await SendAsync(HttpMethod.Get, "/services/checkout", ("Accept", "application/json"))).ShouldRefuseAsync(HttpStatusCode.NotFound, "not_found");
        await (await SendAsync(HttpMethod.Post, "/services/checkout", ("Accept", "text/html"))).ShouldRefuseAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("gzip, br", "br")]
    public async Task Files_with_a_hash_in_their_name_are_kept_for_ever_and_sent_compressed_when_asked(string? accepted, string? encoding)
    {
        var response = await SendAsync(HttpMethod.Get, BuiltInterface.ScriptPath, ("Accept-Encoding", accepted));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/javascript", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("public, max-age=31536000, immutable", response.Headers.CacheControl?.ToString());
        Assert.Equal(encoding, response.Content.Headers.ContentEncoding.SingleOrDefault());
        if (encoding is null)
            Assert.Equal(BuiltInterface.Script, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_file_that_has_not_changed_is_not_sent_again()
    {
        var tag = (await SendAsync(HttpMethod.Get, BuiltInterface.ScriptPath)).Headers.ETag!;
        Assert.Equal(HttpStatusCode.NotModified, (await SendAsync(HttpMethod.Get, BuiltInterface.ScriptPath, ("If-None-Match", tag.ToString()))).StatusCode);
    }

    /// <summary>Written by hand, because a client of .NET tidies an address before it sends it.</summary>
    [Theory]
    [InlineData("/../secret.txt")]
    [InlineData("/assets/../../secret.txt")]
    [InlineData("/assets/..%2f..%2fsecret.txt")]
    [InlineData("/assets/%2e%2e/%2e%2e/secret.txt")]
    [InlineData("/assets/..%5c..%5csecret.txt")]
    [InlineData("/slipway-server.staticwebassets.endpoints.json")]
    [InlineData("/assets/index-B4dF00d1.js.br")]
    public async Task Nothing_but_the_listed_files_is_sent(string path)
    {
        var answer = await RawAsync(path);
        Assert.Matches("^HTTP/1.1 40[04] ", answer);
        Assert.DoesNotContain("beside the interface", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "script-src 'self';")]
    [InlineData("/services/checkout", "connect-src 'self';")]
    [InlineData(BuiltInterface.ScriptPath, "default-src 'self';")]
    [InlineData("/api/v1/whoami", "default-src 'none';")]
    [InlineData("/docs/", "frame-ancestors 'none'")]
    public async Task Browsers_are_told_what_they_may_do_with_an_answer(string path, string rule)
    {
        var headers = (await OpenAsync(path)).Headers;
        var policy = Assert.Single(headers.GetValues("Content-Security-Policy"));
        Assert.Contains(rule, policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(headers.GetValues("Referrer-Policy")));
    }

    [Fact]
    public async Task Without_a_built_interface_the_first_page_says_how_to_build_it()
    {
        await using var bare = await TestServer.StartAsync();
        var page = await bare.Anonymous.GetStringAsync("/");
        Assert.Contains("./build", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await bare.Anonymous.GetAsync("/services/checkout")).StatusCode);
    }

    private Task<HttpResponseMessage> OpenAsync(string path) =>
        SendAsync(HttpMethod.Get, path, ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"));

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await server.Anonymous.SendAsync(request);
    }

    private async Task<string> RawAsync(string path)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
