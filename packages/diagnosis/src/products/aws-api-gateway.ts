import { all, body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'docs.aws.amazon.com/apigateway: gateway response types';

export const awsApiGateway: Product = {
  id: 'aws-api-gateway',
  name: 'Amazon API Gateway',
  role: 'gateway',
  writes: [
    header('x-amzn-ErrorType', null, 'proof', page),
    all(
      'proof',
      page,
      header('apigw-requestid', null, 'strong', page),
      body(
        /^\{"message":\s?"(?:Internal Server Error|Service Unavailable|Not Found|Forbidden|Unauthorized|Too Many Requests|Endpoint request timed out)"\}$/iu,
        'strong',
        page,
      ),
    ),
    body(
      /^\{"message":\s?"(?:Missing Authentication Token|Endpoint request timed out|User is not authorized to access this resource)[^"]{0,80}"\}$/u,
      'proof',
      page,
    ),
  ],
  passes: [
    header('x-amz-apigw-id', null, 'proof', page),
    header('apigw-requestid', null, 'proof', page),
    header('x-amzn-RequestId', null, 'strong', page),
  ],
  requestIds: ['x-amzn-RequestId', 'x-amz-apigw-id', 'apigw-requestid'],
  timeoutsS: [29, 30],
  says: [
    {
      id: '502',
      status: [502],
      causes: { 'app-error': 24, 'origin-invalid-response': 14 },
      because: 'the function behind API Gateway failed, or answered in a form that it does not take',
      source: page,
    },
    {
      id: '500',
      status: [500],
      causes: { 'app-error': 20, 'gateway-config': 12, 'gateway-dependency': 6 },
      because: "API Gateway's integration or authoriser failed",
      source: page,
    },
    {
      id: '503',
      status: [503],
      causes: { 'origin-unreachable': 12, 'origin-saturated': 12, 'app-error': 8, 'origin-timeout': 6 },
      because: 'the service behind API Gateway was not available, or took over 30 s',
      source: page,
    },
    {
      id: '504',
      status: [504],
      causes: { 'origin-timeout': 36, 'origin-saturated': 4 },
      because: "the integration did not answer within API Gateway's 29 s",
      source: page,
    },
    {
      id: '429',
      status: [429],
      causes: { 'rate-limited': 40 },
      because: 'API Gateway limits the rate or the quota',
      source: page,
    },
    {
      id: '403',
      status: [401, 403],
      causes: { 'origin-refusing': 16, blocked: 10, 'gateway-config': 10 },
      because: 'API Gateway refuses: no such route, no key, or AWS WAF',
      source: page,
    },
    {
      id: '404',
      status: [400, 404, 413, 415],
      causes: { 'gateway-config': 14, 'not-found': 16, 'request-too-large': 4 },
      because: 'API Gateway has no such route, or refuses the request',
      source: page,
    },
  ],
};
