using System.Net.Http.Headers;

namespace Slipway.Aws.Signing;

/// <summary>Sends signed requests, and repairs the one thing that can be repaired on the way: a clock that is too far from theirs.</summary>
public sealed class AwsRequests(AwsAccess access, HttpMessageInvoker http, TimeProvider time)
{
    private long clockOffset;

    public AwsAccess Access => access;

    internal TimeProvider Time => time;

    /// <param name="create">Called again for a second attempt, because a request is sent only once.</param>
    /// <param name="isClockAnswer">Looks at a refusal: was it about the clock?</param>
    public async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage> create, string bodyHash, string service, string region, Func<HttpResponseMessage, Task<bool>> isClockAnswer, CancellationToken cancellation)
    {
        var response = await SendOnceAsync(create, bodyHash, service, region, cancellation);
        if (response.IsSuccessStatusCode || !await isClockAnswer(response) || !TakeClock(response.Headers))
            return response;

        response.Dispose();
        return await SendOnceAsync(create, bodyHash, service, region, cancellation);
    }

    private async Task<HttpResponseMessage> SendOnceAsync(Func<HttpRequestMessage> create, string bodyHash, string service, string region, CancellationToken cancellation)
    {
        using var request = create();
        var now = time.GetUtcNow().AddMilliseconds(Volatile.Read(ref clockOffset));
        RequestSigner.Sign(request, bodyHash, await access.CredentialsNowAsync(cancellation), region, service, now);
        return await http.SendAsync(request, cancellation);
    }

    private bool TakeClock(HttpResponseHeaders headers)
    {
        if (headers.Date is not { } date)
            return false;

        Volatile.Write(ref clockOffset, (long)(date - time.GetUtcNow()).TotalMilliseconds);
        return true;
    }
}
