// A web service for tests, an ordinary one: answers its version on every path, ends on SIGTERM after the requests under way.
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

var builder = WebApplication.CreateEmptyBuilder(new());
builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ListenLocalhost(
    int.Parse(Environment.GetEnvironmentVariable("PORT")!, System.Globalization.CultureInfo.InvariantCulture),
    listen => listen.Protocols = HttpProtocols.Http1));
builder.Services.AddRoutingCore();

var application = builder.Build();
var version = Environment.GetEnvironmentVariable("VERSION") ?? "unknown";
application.Run(async context =>
{
    // Long enough that a stop without a drain would cut requests off.
    await Task.Delay(5);
    await context.Response.WriteAsync(version);
});
Console.WriteLine($"version {version} starts");
await application.RunAsync();
