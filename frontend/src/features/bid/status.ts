import type { Answer, Input, Item, Query } from '@/api/types';

export type BidRow = Item<'/bids'>;
export type Bid = Answer<'/bids/{id}', 'get'>;
export type BidQuery = Query<'/bids', 'get'>;
export type BidInput = Input<'/bids', 'post'>;
export type Preview = Answer<'/bids/preview', 'post'>;
export type HallRow = Item<'/hall'>;
export type HallQuery = Query<'/hall', 'get'>;
export type Need = Answer<'/needs/{id}', 'get'>;
