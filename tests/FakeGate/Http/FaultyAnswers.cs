using Microsoft.AspNetCore.Http;
using Slipway.FakeGate.Faults;

namespace Slipway.FakeGate.Http;

/// <summary>Spoils answers as the faults say.</summary>
internal sealed class FaultyAnswers(FaultBox faults, TimeProvider time, CancellationToken stopping)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/_fake") || faults.Take(context.Request.Method, context.Request.Path, time.GetUtcNow()) is not { } fault)
        {
            await next(context);
            return;
        }

        // Latency is the network's: it takes real time, whatever the clock.
        await Task.Delay(fault.Delay, context.RequestAborted);
        switch (fault.Wrong)
        {
            case Wrong.Slow:
                await next(context);
                break;
            case Wrong.Error:
                await Answers.ErrorAsync(context, fault.Status, "Injected", "java.lang.RuntimeException", time.GetUtcNow());
                break;
            case Wrong.Hang:
                await HangAsync(context);
                break;
            case Wrong.Abort:
                context.Abort();
                break;
            case Wrong.Html:
                await Results.Content("<html><body><h1>It works!</h1></body></html>", "text/html").ExecuteAsync(context);
                break;
            case Wrong.Empty:
                break;
            case Wrong.Login:
                Answers.ToLogin(context);
                break;
            default:
                await SpoiledAsync(context, next, fault.Wrong);
                break;
        }
    }

    private async Task HangAsync(HttpContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await Task.Delay(Timeout.Infinite, ended.Token);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    /// <summary>What was asked is done; only the answer does not arrive as it should.</summary>
    private static async Task SpoiledAsync(HttpContext context, RequestDelegate next, Wrong wrong)
    {
        var wire = context.Response.Body;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        await next(context);
        context.Response.Body = wire;
        if (wrong == Wrong.Lost)
        {
            context.Abort();
            return;
        }

        context.Response.ContentLength = null;
        await wire.WriteAsync(answer.GetBuffer().AsMemory(0, (int)answer.Length / 2));
    }
}
